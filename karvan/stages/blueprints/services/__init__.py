"""What people do to programmes and their blueprints. One function, one act, one transaction."""

from .importing import import_blueprint
from .programmes import create_programme
from .publishing import publish_blueprint

__all__ = ["create_programme", "import_blueprint", "publish_blueprint"]
