// A form that posts once, and then says what the server said.

import { tell } from "./api.js";

/** What stands after the '#': a mailed token, which no server's log gets to see. */
export const tokenFromLink = () => location.hash.slice(1);

/** Shows the form and sends what `body` makes of its fields. */
export function serve(form, path, body) {
  const error = form.querySelector(".error");
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    error.textContent = "";
    try {
      const done = document.getElementById("done");
      done.textContent = await tell(path, body(new FormData(form)));
      done.hidden = false;
      form.hidden = true;
      document.getElementById("intro").hidden = true;
      // A token that is spent need not stay in the address.
      history.replaceState(null, "", location.pathname);
    } catch (refused) {
      error.textContent = refused.message;
    } finally {
      button.disabled = false;
    }
  });
}
