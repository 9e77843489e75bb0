/*
 * Shows QQ's login component inside a page. A click on an element with the attribute
 * data-qq-login, a link or a button, opens a box in which QQ's own script draws QR code, quick
 * login and password. Where that is not possible, the element does what it does without this
 * script.
 *
 * The server fills in the addresses of QQ's script and of the start. App id, redirect URI, state
 * and scope come from the server's answer. Attributes of the page and messages of frames decide
 * nothing.
 */
(() => {
  "use strict";

  const SETTINGS = { script: "%script%", start: "%start%", lifetime: "%lifetime%" };
  const MIN_SIZE = 280;
  const LARGE_SIZE = 380;
  const TIMEOUT = 8000;
  const MAX_RENEWALS = 5;
  const LOADED = Symbol.for("qq-login-component");

  const own = document.currentScript;
  const start = own.src.split("/login/qq/component")[0] + SETTINGS.start;
  const texts = document.documentElement.lang.startsWith("zh")
    ? { title: "QQ 登录", loading: "正在打开 QQ 登录…", page: "到 QQ 的页面登录", close: "收起" }
    : { title: "QQ sign-in", loading: "Opening the QQ sign-in…", page: "Sign in on QQ's page", close: "Close" };

  /* QQ allows one component in a page. */
  let current = null;
  /* The element whose click is left to the browser. */
  let passed = null;
  let loading = null;

  const element = (name, attributes, ...children) => {
    const result = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => result.setAttribute(key, value));
    result.append(...children);
    return result;
  };

  const button = (text, action) => {
    const result = element("button", { type: "button" }, text);
    result.addEventListener("click", action);
    return result;
  };

  /* Does what the element does without this script. */
  const leave = (trigger) => {
    if (trigger.isConnected) {
      passed = trigger;
      trigger.click();
      passed = null;
    }
  };

  const draw = (component) => {
    const { trigger } = component;
    component.mount = element("div", { class: "qq-login-mount" });
    component.status = element("p", { class: "qq-login-status", role: "status" }, texts.loading);
    component.box = element(
      "div",
      { class: "qq-login-box", id: "qq-login-box", role: "group", "aria-label": texts.title },
      component.status,
      component.mount,
      element(
        "p",
        { class: "qq-login-ways" },
        button(texts.page, () => {
          close(component);
          leave(trigger);
        }),
        " ",
        button(texts.close, () => close(component)),
      ),
    );
    const container = document.getElementById(trigger.dataset.qqLogin);
    if (container) {
      container.replaceChildren(component.box);
    } else {
      trigger.after(component.box);
    }
    const width = component.mount.clientWidth;
    if (width < MIN_SIZE) {
      throw new Error("The box is too small");
    }
    if (component.mount.clientHeight < MIN_SIZE) {
      component.mount.style.height = `${width < LARGE_SIZE ? MIN_SIZE : LARGE_SIZE}px`;
    }
  };

  const loadScript = () =>
    new Promise((resolve, reject) => {
      if (window.QQLogin) {
        resolve();
        return;
      }
      const script = element("script", { src: SETTINGS.script });
      script.nonce = own.nonce;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      setTimeout(reject, TIMEOUT);
      document.head.append(script);
    });

  /* Returns the parameters of the login: those of the link, or the fields of the form around it. */
  const parameters = (trigger) => {
    const form = trigger.closest("form");
    const sources = [new URLSearchParams(trigger.search ?? ""), ...(form ? [new FormData(form)] : [])];
    const [next, remember] = ["next", "remember-me"].map((name) =>
      sources.map((source) => source.get(name)).find((value) => value !== null),
    );
    return new URLSearchParams({ ...(next && { next }), ...(remember && { "remember-me": remember !== "false" }) });
  };

  /* Starts the login: the server stores a new state for this browser. */
  const begin = async (trigger) => {
    const headers = { Accept: "application/json" };
    trigger.dispatchEvent(new CustomEvent("qqlogin", { bubbles: true, detail: { headers } }));
    const response = await fetch(`${start}?${parameters(trigger)}`, {
      headers,
      credentials: "include",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const body = await response.json();
    const answer = body.appId ? body : body.data;
    if (!answer?.appId || !answer.redirectUri || !answer.state) {
      throw new Error("The login did not start");
    }
    return answer;
  };

  /* Fails if QQ's script has drawn nothing in time, or if the page's policy blocks its frame. */
  const watch = (component) =>
    new Promise((resolve, reject) => {
      const onViolation = (violation) => {
        if (violation.effectiveDirective === "frame-src") {
          reject(new Error("The frame is blocked"));
        }
      };
      document.addEventListener("securitypolicyviolation", onViolation);
      setTimeout(() => {
        document.removeEventListener("securitypolicyviolation", onViolation);
        component.mount.childElementCount ? resolve() : reject(new Error("Nothing is drawn"));
      }, TIMEOUT);
    });

  const show = async (component) => {
    const answer = await begin(component.trigger);
    if (current !== component) {
      return;
    }
    component.qq = window.QQLogin.init({
      appid: answer.appId,
      redirect_uri: answer.redirectUri,
      state: answer.state,
      scope: answer.scope,
      response_type: "code",
      redirect_type: "parent",
      element: component.mount,
      onMessage() {},
    });
    component.qq.show();
    component.status.hidden = true;
    component.box.scrollIntoView({ block: "nearest" });
    component.timer = setTimeout(renew, SETTINGS.lifetime * 900, component);
    await watch(component);
  };

  /* Replaces the state before it expires, while the page is visible. */
  const renew = async (component) => {
    if (document.hidden) {
      document.addEventListener("visibilitychange", () => renew(component), { once: true });
      return;
    }
    component.renewals += 1;
    if (current !== component || !component.box.isConnected || component.renewals > MAX_RENEWALS) {
      close(component);
      return;
    }
    destroy(component);
    try {
      await show(component);
    } catch {
      close(component);
    }
  };

  /* Whether destroy() belongs to QQLogin or to what init() returns is not documented. */
  const destroy = (component) => {
    const owner = [component.qq, window.QQLogin].find((candidate) => typeof candidate?.destroy === "function");
    try {
      component.qq && owner?.destroy();
    } catch {
      /* The box is emptied all the same. */
    } finally {
      component.qq = null;
      component.mount?.replaceChildren();
    }
  };

  const close = (component) => {
    if (current !== component) {
      return;
    }
    current = null;
    clearTimeout(component.timer);
    if (component.box?.contains(document.activeElement)) {
      component.trigger.focus();
    }
    component.trigger.setAttribute("aria-expanded", "false");
    component.trigger.removeAttribute("aria-controls");
    component.box?.remove();
    destroy(component);
  };

  const open = async (trigger) => {
    const component = { trigger, renewals: 0 };
    current = component;
    try {
      draw(component);
      trigger.setAttribute("aria-expanded", "true");
      trigger.setAttribute("aria-controls", component.box.id);
      loading ??= loadScript();
      await loading;
      if (current === component) {
        await show(component);
      }
    } catch {
      loading = null;
      if (current === component) {
        close(component);
        leave(trigger);
      }
    }
  };

  const triggerOf = (event) => event.target instanceof Element && event.target.closest("[data-qq-login]");

  const isPlain = (event) => !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  const onClick = (event) => {
    const trigger = triggerOf(event);
    if (!trigger || trigger === passed || !isPlain(event)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const previous = current;
    if (previous) {
      close(previous);
    }
    if (previous?.trigger !== trigger) {
      open(trigger);
    }
  };

  const onKeydown = (event) => {
    const inside = current && [current.trigger, current.box].some((part) => part.contains(document.activeElement));
    if (event.key === "Escape" && inside) {
      close(current);
    }
  };

  const announce = (trigger) => trigger.hasAttribute("aria-expanded") || trigger.setAttribute("aria-expanded", "false");

  if (!document[LOADED]) {
    document[LOADED] = true;
    document.addEventListener("click", onClick, true);
    document.addEventListener("keydown", onKeydown);
    document.addEventListener("focusin", (event) => triggerOf(event) && announce(triggerOf(event)));
    document.querySelectorAll("[data-qq-login]").forEach(announce);
    /* A page from the browser's cache shows a state that is used. */
    addEventListener("pageshow", (event) => event.persisted && current && close(current));
  }
})();
