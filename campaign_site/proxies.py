"""A proxy that TRUSTED_PROXIES does not name is told in the log: behind it all visitors look like one."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from petitions.origin import is_forwarded_by_stranger

logger = logging.getLogger(__name__)
# Anybody can send the header: the log must not grow by their wish.
QUIET_SECONDS = 3600
WARNING = (
    "A request was forwarded by a proxy that TRUSTED_PROXIES does not name. If that proxy is yours, all its visitors "
    "count as one and will be refused together: name its network. If you have none, nothing is wrong: somebody sent "
    "the header. Next warning in an hour at the earliest."
)


class TellOfUnknownProxies:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.quiet_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_forwarded_by_stranger(request) and (now := time.monotonic()) >= self.quiet_until:
            self.quiet_until = now + QUIET_SECONDS
            logger.warning(WARNING)
        return self.get_response(request)
