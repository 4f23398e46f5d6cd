// How numbers and dates are written: in the language of the page, the way the reader's browser has it where it does.
const { lang } = document.documentElement

/** `en-GB` for a British browser on an English page, `de` for the same browser on a German one. */
export const LOCALE = navigator.languages.find((one) => one.split('-')[0] === lang) ?? lang
