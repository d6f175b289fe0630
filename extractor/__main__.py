from extractor.cli import app

if __name__ == "__main__":  # a worker that starts anew imports this
    app()
