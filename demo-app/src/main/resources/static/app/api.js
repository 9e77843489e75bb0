/* Every call to the server. What it refuses is thrown as a Problem. */
import { shop } from "./addresses.js";
import { dropToken, readToken } from "./login.js";
import { state } from "./state.js";
import { t } from "./texts.js";

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail);
    this.status = status;
    this.code = body.code ?? "unknown";
    this.detail = body.detail ?? t("error.500.text");
    this.errors = body.errors ?? [];
    this.errorId = body.errorId;
    this.pending = body.pending;
  }
}

export const get = (path) => call("GET", path, {});

/** Posts JSON, which is what the starter takes. */
export const post = (path, body, captcha) =>
  call("POST", path, { "Content-Type": "application/json", ...answer(captcha) }, JSON.stringify(body));

/** Posts a form, which is what Spring Security's own login takes. */
export const postForm = (path, fields, captcha) =>
  call("POST", path, answer(captcha), new URLSearchParams(fields));

const answer = (captcha) => (captcha ? { "X-Captcha": encodeURIComponent(captcha) } : {});

async function call(method, path, headers, body) {
  const response = await send(method, path, { ...headers, ...login(method) }, body);
  if (response.status === 204) {
    return null;
  }
  const json = response.headers.get("Content-Type")?.includes("json");
  const content = json ? await response.json() : {};
  if (response.ok && json) {
    return content;
  }
  throw refused(response.status, content);
}

async function send(method, path, headers, body) {
  try {
    return await fetch(shop(path), { method, body, headers: { Accept: "application/json", ...headers } });
  } catch {
    throw new Problem(0, { code: "offline", detail: t("app.offline") });
  }
}

function login(method) {
  const headers = { "X-Onepage-Login": state.mode };
  const token = state.mode === "token" ? readToken() : null;
  const csrf = document.cookie.match(/(?:^|; )XSRF-TOKEN=([^;]*)/);
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  if (state.mode === "cookie" && method === "POST" && csrf) {
    headers["X-XSRF-TOKEN"] = decodeURIComponent(csrf[1]);
  }
  return headers;
}

/* Without a code it was not the starter that refused, but what stands before it. */
function refused(status, content) {
  if (status === 401 && (!content.code || content.code === "login-required")) {
    dropToken();
    state.person = null;
    return new Problem(status, { code: "login-required", detail: t("login.ended") });
  }
  return new Problem(status, content.code ? content : { detail: t(status === 403 ? "error.403.text" : "error.500.text") });
}
