"""Images: unknown."""
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps
