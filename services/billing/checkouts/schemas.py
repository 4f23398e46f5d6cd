"""The shapes of webhooks outside."""

from chassis.schemas import Output


class WebhookReceived(Output):
    """The event was rightly signed and is dealt with."""

    received: bool = True
