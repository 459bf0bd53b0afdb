pytest_plugins = ["tests.thoroughness", "tests.stack_fixtures", "tests.store_fixtures"]
