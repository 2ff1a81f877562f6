// {{service.title}}: serve, migrate, backup, restore, routes. Configuration comes from the environment; see .env.example.
#include "app/product.hpp"

int main(int argc, char** argv) {
    return tenon::app::run({{service.space}}::app::product(), argc, argv);
}
