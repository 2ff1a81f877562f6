// Asio's own code, compiled once for the whole runtime.
#include <boost/asio/impl/src.hpp>
