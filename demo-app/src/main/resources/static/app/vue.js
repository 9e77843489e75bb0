/* Vue from a jar on the class path. The runtime alone: render functions need no eval. */
export * from "../webjars/vue/3.5.22/dist/vue.runtime.esm-browser.prod.js";
