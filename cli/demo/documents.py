"""Makes the demo's files: small, real PDFs, pictures and texts."""

from io import BytesIO

from cli.demo.story import Document, Paper

MEDIA_TYPES = {Paper.PDF: "application/pdf", Paper.PICTURE: "image/png", Paper.TEXT: "text/markdown"}
PAPER_COLOUR, INK, ACCENT = (244, 239, 230), (31, 95, 91), (201, 123, 60)
PICTURE_SIZE = (1200, 800)
PARAGRAPHS = (
    "Lumen & Oak does the work described here and delivers it through the client portal.",
    "Each step is shown to the client, who approves it or asks for changes in the portal.",
    "The fee is due in two halves: one at the start, one on delivery. Third-party licences are billed at cost.",
    "On full payment the client may use the finished work without limit of time or place.",
)


def make(document: Document) -> bytes:
    """The bytes of a document."""
    match document.paper:
        case Paper.PDF:
            return _pdf(document.about)
        case Paper.PICTURE:
            return _picture(document.about)
        case Paper.TEXT:
            return f"# {document.about}\n\n{PARAGRAPHS[0]}\n\n- {PARAGRAPHS[1]}\n".encode()


def _pdf(title: str) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    output = BytesIO()
    styles = getSampleStyleSheet()
    story = [Paragraph(title.replace("&", "&amp;"), styles["Title"]), Spacer(1, 24)]
    for text in PARAGRAPHS:
        story += [Paragraph(text.replace("&", "&amp;"), styles["BodyText"]), Spacer(1, 10)]
    SimpleDocTemplate(output, pagesize=A4, title=title, author="Lumen & Oak", invariant=1).build(story)
    return output.getvalue()


def _picture(word: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", PICTURE_SIZE, PAPER_COLOUR)
    draw = ImageDraw.Draw(image)
    draw.ellipse((420, 140, 780, 500), fill=ACCENT)
    draw.rectangle((420, 320, 780, 500), fill=INK)
    draw.text((600, 610), word, fill=INK, font=ImageFont.load_default(size=96), anchor="mm")
    output = BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()
