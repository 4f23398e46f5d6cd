// A page that throws shows that it failed, and leaves the frame around it standing.
import { ErrorState } from '../../components/error-state.js'
import { Component, html } from '../../lib/ui.js'

export class PageBoundary extends Component {
  state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  componentDidCatch(error) {
    console.error(error)
  }

  render() {
    if (!this.state.failed) return this.props.children
    const retry = () => this.setState({ failed: false })
    return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${retry} /></main>`
  }
}
