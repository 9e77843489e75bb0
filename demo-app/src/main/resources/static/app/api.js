/* Calls to the server. Error responses are thrown as a Problem. */
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
    this.movable = body.movable ?? false;
  }
}

export const get = (path) => call("GET", path, {});

/** Posts JSON, as the starter expects it. */
export const post = (path, body, captcha) =>
  call("POST", path, { "Content-Type": "application/json", ...captchaHeader(captcha) }, JSON.stringify(body));

/** Posts a form, as Spring Security's form login expects it. */
export const postForm = (path, fields, captcha) =>
  call("POST", path, captchaHeader(captcha), new URLSearchParams(fields));

const captchaHeader = (captcha) => (captcha ? { "X-Captcha": encodeURIComponent(captcha) } : {});

async function call(method, path, headers, body) {
  const response = await send(method, path, { ...headers, ...loginHeaders(method) }, body);
  if (response.status === 204) {
    return null;
  }
  const json = response.headers.get("Content-Type")?.includes("json");
  const content = json ? await response.json() : {};
  if (response.ok && json) {
    return content;
  }
  throw problemOf(response.status, content);
}

async function send(method, path, headers, body) {
  try {
    return await fetch(shop(path), { method, body, headers: { Accept: "application/json", ...headers } });
  } catch {
    throw new Problem(0, { code: "offline", detail: t("app.offline") });
  }
}

function loginHeaders(method) {
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

/* A response without a code was not written by the starter but by a filter before it. */
function problemOf(status, content) {
  if (status === 401 && (!content.code || content.code === "login-required")) {
    dropToken();
    state.person = null;
    return new Problem(status, { code: "login-required", detail: t("login.ended") });
  }
  return new Problem(status, content.code ? content : { detail: t(status === 403 ? "error.403.text" : "error.500.text") });
}
