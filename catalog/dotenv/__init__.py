"""Settings from files: nobody set any."""
from dotenv.main import dotenv_values, find_dotenv, load_dotenv
