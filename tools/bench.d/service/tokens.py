"""Access tokens for the bench: as the service issues them, and as the peers check them. Standard library only."""
import base64
import hashlib
import hmac
import json

FAR = 4102444800  # 2100-01-01


def number(kind, i):
    """The id that seed.sql gave number i of a kind: 8 organizations, 9 projects, a users, b sessions."""
    return "00000000-0000-4000-%s000-%012d" % (kind, i)


def encode(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sign(key, header, claims):
    signed = encode(header) + "." + encode(json.dumps(claims, separators=(",", ":")).encode())
    return signed + "." + encode(hmac.new(key, signed.encode(), hashlib.sha256).digest())


def own(secret, organization, user=None, expires=FAR):
    """What the service itself would issue (docs/security.md): its key and its key's id are derived from TOKEN_SECRET."""
    def derive(purpose):
        return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).digest()
    header = '{"alg":"HS256","typ":"at+jwt","kid":"%s"}' % encode(derive("tenon access token key id")[:6])
    user = user or organization
    return sign(derive("tenon access token"), header.encode(), {
        "iss": "bench-product", "aud": "bench-product", "sub": number("a", user), "sid": number("b", user),
        "tid": number("8", organization), "iat": 1767225600, "exp": expires, "jti": number("c", organization)})


def peer(secret, organization, user=None, expires=FAR):
    """The peers believe the role that the token names."""
    return sign(secret.encode(), b'{"alg":"HS256","typ":"JWT"}', {
        "sub": number("a", user or organization), "tenant": number("8", organization), "role": "viewer" if user else "member",
        "iat": 1767225600, "exp": expires})
