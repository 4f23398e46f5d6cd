// The one doorway to the view library: everything else imports from here.
import { h } from '../vendor/preact-11.2.0/preact.mjs'
import htm from '../vendor/htm-3.1.1/htm.mjs'

export { Component, createContext, Fragment, render } from '../vendor/preact-11.2.0/preact.mjs'
export {
  useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState,
} from '../vendor/preact-11.2.0/hooks.mjs'
export const html = htm.bind(h)
