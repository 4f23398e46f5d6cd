"""What an invoice refuses, each with its stable code."""

from chassis.errors import Conflict


class InvoiceNotDraft(Conflict):
    """Only a draft may be changed or deleted: an issued invoice has left the house."""

    default = "The invoice has been issued. Void it and issue another instead of changing it."


class InvoiceNotIssued(Conflict):
    """A draft cannot be paid or voided."""

    default = "The invoice is a draft. Send it first."


class InvoiceAlreadyPaid(Conflict):
    """Nothing is left to pay."""

    default = "The invoice is paid."


class InvoiceVoid(Conflict):
    """A void invoice cannot be sent or paid."""

    default = "The invoice is void."


class InvoiceHasPayments(Conflict):
    """Money that was received cannot be made unowed by voiding."""

    default = "Payments were received for this invoice, so it cannot be voided."


class PaymentExceedsAmountDue(Conflict):
    """More than is due cannot be recorded by hand."""

    default = "The payment is more than what is due."


class CreditExceedsInvoice(Conflict):
    """More than an invoice asks for cannot be credited, in all or at one of its tax rates."""

    default = "The credit is more than what is left of the invoice to credit."
