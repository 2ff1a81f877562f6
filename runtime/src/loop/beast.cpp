// Beast's own code, compiled once for the whole runtime.
#include <boost/beast/src.hpp>
