"""The certificate on paper: two scripts, a carpet band, a code to verify it, the credential inside."""

from karvan.stages.credentials.paper.certificate import (
    Certificate,
    CertificateText,
    Signatory,
    render_certificate,
)

__all__ = ["Certificate", "CertificateText", "Signatory", "render_certificate"]
