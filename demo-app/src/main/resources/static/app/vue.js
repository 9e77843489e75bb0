/* Vue from a WebJar. The runtime build suffices: render functions do not require eval. */
export * from "../webjars/vue/3.5.22/dist/vue.runtime.esm-browser.prod.js";
