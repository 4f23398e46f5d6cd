// The one doorway to signals: state that several parts of the dashboard share.
export { batch, computed, effect, signal, useComputed, useSignal } from '../vendor/preact-signals-2.11.4/signals.mjs'
