// With a token from a mail: a new password. Without: a mail with a token.

import { serve, tokenFromLink } from "./forms.js";

const token = tokenFromLink();
if (token) serve(document.getElementById("set"), "/auth/password-reset/confirm", fields => ({ token, password: fields.get("password") }));
else serve(document.getElementById("ask"), "/auth/password-reset", fields => ({ email: fields.get("email") }));
