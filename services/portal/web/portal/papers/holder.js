/** The name of whoever holds this portal; empty for a company's, which one of its people has opened. */
export function holderOf(client) {
  return client.email === null && client.company === client.name ? '' : client.name
}
