/*
 * Stores the login in the browser. In cookie mode the server keeps the login and nothing is
 * stored here. In token mode the token is in session storage, so that the login ends with the
 * tab, or in local storage if the visitor chose to stay signed in. A token is never part of a
 * URL.
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

/* The purpose of a visit to QQ. It is kept in this tab until QQ redirects back. */

export const keepVisit = (visit) => sessionStorage.setItem(VISIT, JSON.stringify(visit));

export const readVisit = () => JSON.parse(sessionStorage.getItem(VISIT) ?? "{}");
