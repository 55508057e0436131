# pip install pusher; in urls.py: path("pusher/auth", views.pusher_auth)
import os

import pusher
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

client = pusher.Pusher(
    app_id=os.environ["PUSHER_APP_ID"],
    key=os.environ["PUSHER_KEY"],
    secret=os.environ["PUSHER_SECRET"],
    cluster=os.environ.get("PUSHER_CLUSTER", "mt1"),
)


def may_join(user, channel):
    """Your own rules go here: who may hear what?"""
    return channel in {f"private-user-{user.pk}", "private-orders", "presence-lobby"}


@require_POST
def pusher_auth(request):
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    channel = request.POST.get("channel_name", "")
    if not may_join(request.user, channel):
        return HttpResponse(status=403)
    member = None
    if channel.startswith("presence-"):
        member = {
            "user_id": str(request.user.pk),
            "user_info": {"name": request.user.get_username()},
        }
    socket_id = request.POST.get("socket_id", "")
    return JsonResponse(
        client.authenticate(channel=channel, socket_id=socket_id, custom_data=member)
    )
