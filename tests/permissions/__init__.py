"""Who may open what. One file an app, one line a view; a view that is missing here fails the tests."""
