// Confirms an address by the token in the link. By a click: mail filters open links, too.

import { serve, tokenFromLink } from "./forms.js";

const token = tokenFromLink();
serve(document.getElementById("confirm"), "/auth/verify-email", () => ({ token }));
