"""The bench's service as one would write it by hand with FastAPI and asyncpg: uvloop, httptools, prepared statements."""
import base64
import os
import re
from datetime import datetime
from decimal import Decimal
from typing import Literal, Optional

import asyncpg
import jwt
from fastapi import Depends, FastAPI, Header, HTTPException, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, constr

SECRET = os.environ["JWT_SECRET"]
CONNECTIONS = max(1, int(os.environ.get("DB_CONNECTIONS", "16")) // int(os.environ.get("WORKERS", "2")))
ROLES = {"owner": "rcud", "admin": "rcud", "member": "rcu", "viewer": "r"}
ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLUMNS = "id, name, status, budget, created_by, created_at, updated_at, version"

app = FastAPI(openapi_url=None)


class Connection(asyncpg.Connection):
    """What a transaction sets ends with it: nothing has to be reset."""

    def get_reset_query(self):
        return ""


async def uuids_as_text(connection):
    await connection.set_type_codec("uuid", schema="pg_catalog", encoder=str, decoder=str)


@app.on_event("startup")
async def connect():
    app.state.pool = await asyncpg.create_pool(
        os.environ["DATABASE_URL"], min_size=CONNECTIONS, max_size=CONNECTIONS, connection_class=Connection, init=uuids_as_text)


def may(action):
    async def checked(authorization: str = Header("")) -> dict:
        try:
            claims = jwt.decode(authorization[7:] if authorization.startswith("Bearer ") else "", SECRET, algorithms=["HS256"])
        except jwt.PyJWTError:
            raise HTTPException(401, "unauthorized")
        if not ID.fullmatch(str(claims.get("tenant"))) or not ID.fullmatch(str(claims.get("sub"))):
            raise HTTPException(401, "unauthorized")
        if action not in ROLES.get(claims.get("role"), ""):
            raise HTTPException(403, "forbidden")
        return claims

    return checked


async def in_tenant(tenant, statement, *arguments):
    async with app.state.pool.acquire() as connection:
        async with connection.transaction():
            await connection.fetchval("SELECT set_config('app.tenant', $1, true)", tenant)
            return await connection.fetch(statement, tenant, *arguments)


def as_json(row) -> dict:
    return {"id": row[0], "name": row[1], "status": row[2], "budget": str(row[3]), "created_by": row[4],
            "created_at": row[5].isoformat(), "updated_at": row[6].isoformat(), "version": row[7]}


class NewProject(BaseModel):
    name: constr(min_length=1, max_length=200)
    status: Literal["active", "paused", "done"] = "active"
    budget: constr(regex=r"^-?\d{1,12}(\.\d{1,2})?$") = "0"

    class Config:
        extra = "forbid"


@app.get("/health")
async def health():
    return JSONResponse({"status": "ok"})


@app.get("/v1/projects/{id}")
async def get_project(id: str, who: dict = Depends(may("r"))):
    if not ID.fullmatch(id):
        raise HTTPException(404, "not_found")
    rows = await in_tenant(who["tenant"], f"SELECT {COLUMNS} FROM projects WHERE organization_id = $1 AND id = $2", id)
    if not rows:
        raise HTTPException(404, "not_found")
    return JSONResponse(as_json(rows[0]))


@app.get("/v1/projects")
async def list_projects(limit: int = Query(20, ge=1, le=100), cursor: Optional[str] = None, who: dict = Depends(may("r"))):
    begin = f"SELECT {COLUMNS} FROM projects WHERE organization_id = $1"
    end = " ORDER BY created_at, id LIMIT $2"
    if cursor:
        try:
            at, last = base64.urlsafe_b64decode(cursor).decode().split("|")
            arguments = (limit + 1, datetime.fromisoformat(at), last)
        except ValueError:
            raise HTTPException(400, "bad_cursor")
        rows = await in_tenant(who["tenant"], begin + " AND (created_at, id) > ($3, $4)" + end, *arguments)
    else:
        rows = await in_tenant(who["tenant"], begin + end, limit + 1)
    items = [as_json(row) for row in rows[:limit]]
    following = None
    if len(rows) > limit:
        following = base64.urlsafe_b64encode((items[-1]["created_at"] + "|" + items[-1]["id"]).encode()).decode()
    return JSONResponse({"items": items, "next_cursor": following})


@app.post("/v1/projects")
async def create_project(body: NewProject, who: dict = Depends(may("c"))):
    rows = await in_tenant(
        who["tenant"],
        "INSERT INTO projects (id, organization_id, name, status, budget, created_by, created_at, updated_at)"
        f" VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, now(), now()) RETURNING {COLUMNS}",
        body.name, body.status, Decimal(body.budget), who["sub"])
    return JSONResponse(as_json(rows[0]), 201)
