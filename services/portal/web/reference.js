// Draws the API reference from the merged OpenAPI document.
SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  layout: 'BaseLayout',
  persistAuthorization: false,
  presets: [SwaggerUIBundle.presets.apis],
  requestSnippetsEnabled: true,
  tryItOutEnabled: false,
  // The public validator would be told the address of every portal whose documentation is opened.
  validatorUrl: null,
  withCredentials: false,
})
