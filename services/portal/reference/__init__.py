"""The API reference: the OpenAPI document of the whole deployment and the list of its errors."""
