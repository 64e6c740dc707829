"""allauth's sign-in page, which carries a form that was sent by somebody whose session had ended (p2.web.unsent)."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator

from p2.web.unsent import answers


class SignInView(LoginView):  # type: ignore[misc]
    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answers.after_sign_in(request, answer) if request.user.is_authenticated else answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "unsent": answers.kept(self.request)}


sign_in = SignInView.as_view()
