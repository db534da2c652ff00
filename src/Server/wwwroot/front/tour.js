// The commands speak to the server that served them.
for (const code of document.querySelectorAll("pre code"))
  code.textContent = code.textContent.replaceAll("http://localhost:3001", location.origin);
