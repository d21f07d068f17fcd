"""The demonstration: real cities and offices as published in 2016, fictional supporters, `.example` addresses."""
