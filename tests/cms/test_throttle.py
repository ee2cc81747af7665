"""Counting tries, and whose they are."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from cms.throttle import Limit, address_of

pytestmark = pytest.mark.cache

HOME = "198.51.100.7"


def seen(peer, forwarded=""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers))


def test_an_address_without_a_proxy_is_the_one_that_connects():
    assert seen(HOME) == HOME


def test_a_client_cannot_choose_its_address():
    assert seen(HOME, "203.0.113.9") == HOME


def test_what_our_proxy_saw_is_believed():
    assert seen("127.0.0.1", HOME) == HOME
    assert seen("", HOME) == HOME  # through a socket of this machine


def test_what_stands_before_our_proxy_s_own_word_is_the_client_s_claim():
    assert seen("127.0.0.1", f"203.0.113.9, {HOME}") == HOME


def test_a_chain_of_our_proxies_is_followed_to_the_client(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.1.0.0/16"]
    assert seen("127.0.0.1", f"203.0.113.9, {HOME}, 10.1.2.3") == HOME


@pytest.mark.parametrize("written", [f"{HOME}:4312", f" {HOME} ", f"::ffff:{HOME}"])
def test_ports_spaces_and_mapped_addresses_change_nothing(written):
    assert seen("127.0.0.1", written) == HOME


@pytest.mark.parametrize("written", ["nonsense", "", "<script>", "1.2.3"])
def test_a_proxy_that_says_nothing_readable_counts_as_itself(written):
    assert seen("127.0.0.1", written) == "127.0.0.1"


def test_a_home_has_one_network_of_ipv6():
    assert seen("2001:db8:1:2::9") == seen("127.0.0.1", "[2001:db8:1:2:ffff::1]:443") == "2001:db8:1:2::/64"
    assert seen("2001:db8:1:3::9") != seen("2001:db8:1:2::9")


def test_an_unreadable_peer_is_nobody_in_particular():
    assert seen("nowhere", HOME) == "unknown"


def test_a_network_that_is_none_is_said(settings):
    settings.TRUSTED_PROXIES = ["300.0.0.1"]
    with pytest.raises(ImproperlyConfigured, match=r"300\.0\.0\.1"):
        seen(HOME)


@pytest.mark.parametrize(
    ("rate", "tries", "window"), [("60/hour", 60, 3600), ("5/minute", 5, 60), ("0", 0, 3600), ("0/day", 0, 86_400)]
)
def test_a_rate_is_read(rate, tries, window):
    assert Limit.parse("x", rate) == Limit("x", tries, window)


@pytest.mark.parametrize("rate", ["", "60", "60/", "60/week", "-1/hour", "many/hour", "1.5/hour"])
def test_a_rate_that_cannot_be_read_is_said(rate):
    with pytest.raises(ImproperlyConfigured, match="60/hour"):
        Limit.parse("x", rate)


def test_a_limit_is_reached_and_forgotten_with_its_window(time_machine):
    time_machine.move_to("2026-11-22T10:00:00Z", tick=False)
    limit = Limit.parse("test", "2/hour")
    limit.count("a")
    assert not limit.is_reached("a")
    limit.count("a")
    assert limit.is_reached("a")
    assert not limit.is_reached("b")
    assert limit.wait_seconds() == 3600
    time_machine.shift(timedelta(hours=1))
    assert not limit.is_reached("a")


def test_several_are_counted_at_once():
    limit = Limit.parse("test", "5/day")
    limit.count("a", 3)
    assert not limit.is_reached("a")
    limit.count("a", 2)
    assert limit.is_reached("a")


def test_without_a_limit_nothing_is_ever_reached():
    limit = Limit.parse("test", "0")
    limit.count("a", 1_000)
    assert not limit.is_reached("a")
