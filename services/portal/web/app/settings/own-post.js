// Questions that ask for the password or a code once more.
import { ask } from '../../lib/api.js'
import { t } from '../../lib/texts.js'

const ABOUT = { second_factor_wrong: ['code', 'app.settings.code_wrong'], wrong_password: [null, 'app.settings.password_wrong'] }

/** Posts as the member; a refused password or code is told at its field, and does not end the session. */
export async function ownPost(path, body, passwordField = 'password') {
  try {
    return await (await ask('POST', path, { body, cookies: true })).json()
  } catch (refusal) {
    const [field, text] = ABOUT[refusal.code] ?? []
    if (text) refusal.fields = [{ field: field ?? passwordField, message: t(text).replace(/\.$/, '') }]
    throw refusal
  }
}
