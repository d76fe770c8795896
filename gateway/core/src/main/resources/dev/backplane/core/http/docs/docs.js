'use strict';
// Beside this script, wherever the gateway is reached: it may stand behind the stage of an API.
const openApi = new URL('../openapi.json', document.currentScript.src).href;

SwaggerUIBundle({
  url: openApi,
  domNode: document.getElementById('docs'),
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  // would ask a server of its makers
  validatorUrl: null,
});
