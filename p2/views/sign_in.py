"""allauth's sign-in page, which carries a form that was sent by somebody signed out (p2.web.unsent)."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator

from p2.web import unsent


class SignInView(LoginView):  # type: ignore[misc]
    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        form = unsent.carried(request)
        if form is None or not request.user.is_authenticated:
            return answer
        shown = unsent.once_more(request, form)
        shown.cookies.update(answer.cookies)
        return shown

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "unsent": unsent.carried(self.request)}


sign_in = SignInView.as_view()
