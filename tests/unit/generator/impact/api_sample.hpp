// A document as Tenon lays it out, changed in one place, and what that is told as.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "generator/impact/api_impacts.hpp"

namespace tenon::gen {

/// As Tenon's templates lay it out.
inline const std::string document = R"(openapi: 3.1.0
info:
  title: "Shop"
security:
  - bearerAuth: []

paths:
  /health:
    get:
      operationId: health
      security: []
      responses:
        '200':
          description: It is.
  /v1/tasks:
    get:
      operationId: list_tasks
      parameters:
        - { $ref: '#/components/parameters/Limit' }
        - name: sort
          in: query
          description: What to sort by.
          schema:
            type: string
            enum: ["title", "-title"]
      responses:
        '200':
          description: One page.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/TaskList' }
        '404': { $ref: '#/components/responses/NotFound' }
    post:
      operationId: create_task
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/NewTask' }
      responses:
        '201':
          description: The new task.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Task' }
  /v1/tasks/{id}:
    parameters:
      - { $ref: '#/components/parameters/Id' }
    delete:
      operationId: delete_task
      responses:
        '204':
          description: Gone.
components:
  parameters:
    Limit:
      name: limit
      in: query
      schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
    Id:
      name: id
      in: path
      required: true
      schema: { type: string, format: uuid }
  responses:
    NotFound:
      description: It is not there.
      content:
        application/problem+json:
          schema: { $ref: '#/components/schemas/Problem' }
  schemas:
    Problem:
      type: object
      required: [code]
      properties:
        code: { type: string }
    Task:
      type: object
      description: "A piece of work."
      required: [id, title, status, labels, body]
      properties:
        id: { type: string, format: uuid }
        title:
          type: string
          maxLength: 200
        status:
          type: string
          enum: ["open", "done"]
        labels:
          type: array
          maxItems: 100
          items:
            type: string
            maxLength: 40
        body:
          type: [string, "null"]
    NewTask:
      type: object
      additionalProperties: false
      required: [title]
      properties:
        title:
          type: string
          minLength: 1
          maxLength: 200
          pattern: "^[A-Z]"
        status:
          type: string
          enum: ["open", "done"]
          default: "open"
        body:
          type: [string, "null"]
    TaskList:
      type: object
      required: [items, next_cursor]
      properties:
        items:
          type: array
          items: { $ref: '#/components/schemas/Task' }
        next_cursor: { type: [string, "null"] }
)";

inline std::string section(const std::string& name) {
    return "    " + name + ":\n";
}

/// `document` with the first `from` behind `behind` replaced.
inline std::string changed(const std::string& behind, const std::string& from, const std::string& to) {
    std::string text = document;
    const auto start = text.find(behind);
    EXPECT_NE(start, std::string::npos) << behind;
    const auto at = text.find(from, start);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

inline std::vector<std::string> told(const std::vector<api_finding>& all) {
    std::vector<std::string> out;
    for (const api_finding& one : all) {
        std::string line = std::string(to_string(one.level)) + " " + one.kind + ": " + one.where;
        if (!one.member.empty()) line += ": " + one.member;
        out.push_back(line + " " + one.what);
    }
    return out;
}

struct edit {
    std::string title;
    std::string behind, from, to;
    std::vector<std::string> found;
};

inline void expect_told(const edit& e) {
    EXPECT_THAT(told(compare_api(document, changed(e.behind, e.from, e.to))),
                testing::UnorderedElementsAreArray(e.found));
}

inline const std::string task = section("Task"), new_task = section("NewTask");

}  // namespace tenon::gen
