/*
 * How this browser keeps the login. By cookie the server does, and there is nothing to do
 * here. By token it is in session storage, so it ends with the tab; where somebody wants to
 * stay signed in, in local storage. A token never becomes part of an address.
 */
const MODE = "onepage.mode";
const TOKEN = "onepage.token";
const VISIT = "onepage.visit";

export const readMode = () => (localStorage.getItem(MODE) === "token" ? "token" : "cookie");

export const keepMode = (mode) => localStorage.setItem(MODE, mode);

export function readToken() {
  const text = sessionStorage.getItem(TOKEN) ?? localStorage.getItem(TOKEN);
  const token = text && JSON.parse(text);
  if (token?.expiresAt && Date.parse(token.expiresAt) <= Date.now()) {
    dropToken();
    return null;
  }
  return token?.accessToken ?? null;
}

export function keepToken(token, remember) {
  dropToken();
  (remember ? localStorage : sessionStorage).setItem(TOKEN, JSON.stringify(token));
}

export function dropToken() {
  sessionStorage.removeItem(TOKEN);
  localStorage.removeItem(TOKEN);
}

/* What somebody went to QQ for: it has to survive the way there and back, in this tab. */

export const keepVisit = (visit) => sessionStorage.setItem(VISIT, JSON.stringify(visit));

export const readVisit = () => JSON.parse(sessionStorage.getItem(VISIT) ?? "{}");
