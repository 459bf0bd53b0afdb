from tests.web.api.live_fixtures import live

__all__ = ["live"]
