from flask import Blueprint, Response, request

from ideenlab.core.problems import is_for_programs
from ideenlab.core.security import limiter

READS = ("GET", "HEAD", "OPTIONS")
blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
limiter.shared_limit("600 per minute", scope="api")(blueprint)


@blueprint.after_app_request
def open_to_all_pages(response: Response) -> Response:
    """Pages of others may read what everybody can read. Never with cookies, and never write."""
    if is_for_programs() and request.method in READS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
