/*
 * A stand-in for https://res.connect.qq.com/jssdk/index.js, for development and tests. The fields
 * of init() are those that QQ documents. The names of the events and the frame are the simulator's
 * own, and whether destroy() belongs to QQLogin or to the object that init() returns is not
 * documented: both have it here.
 */
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const base = document.currentScript.src.replace(/\/index\.js.*$/, "");
  let shown = null;

  const check = (options) => {
    for (const field of ["appid", "redirect_uri", "element", "onMessage"]) {
      if (!options?.[field]) {
        throw new Error(`QQLogin.init: ${field} is missing`);
      }
    }
    if ((options.response_type ?? "code") !== "code") {
      throw new Error("QQLogin.init: only the response_type code is simulated");
    }
    if ((options.redirect_type ?? "parent") !== "parent") {
      throw new Error("QQLogin.init: only the redirect_type parent is simulated");
    }
    const { element } = options;
    const box = typeof element === "string" ? document.querySelector(element) : element;
    if (!(box instanceof Element)) {
      throw new Error("QQLogin.init: there is no such element");
    }
    return box;
  };

  const address = ({ appid, redirect_uri, state = "", scope = [] }) =>
    `${base}/login?${new URLSearchParams({
      response_type: "code",
      client_id: appid,
      redirect_uri,
      state,
      scope: scope.join(","),
    })}`;

  const init = (options) => {
    if (shown) {
      throw new Error("QQLogin.init: a page has one component; call destroy() first");
    }
    const box = check(options);
    const frame = document.createElement("iframe");

    /* Accepts only the own frame, and only the redirect address that init() got. */
    const onFrameMessage = ({ source, origin: sender, data }) => {
      if (source !== frame.contentWindow || sender !== origin || data?.qqSimulator !== "finished") {
        return;
      }
      if (data.location.startsWith(options.redirect_uri)) {
        options.onMessage("simulator:finished", {});
        location.assign(data.location);
      }
    };

    shown = {
      show() {
        frame.title = document.documentElement.lang.startsWith("zh") ? "QQ 登录" : "QQ sign-in";
        frame.src = address(options);
        Object.assign(frame.style, { width: "100%", height: "100%", border: "0" });
        addEventListener("message", onFrameMessage);
        box.replaceChildren(frame);
      },
      destroy() {
        removeEventListener("message", onFrameMessage);
        frame.remove();
        shown = null;
      },
    };
    return shown;
  };

  window.QQLogin = { init, destroy: () => shown?.destroy() };
})();
