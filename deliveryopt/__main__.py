"""`python -m deliveryopt` and the command `deliveryopt`."""

from deliveryopt.cli import main

if __name__ == "__main__":
    main()
