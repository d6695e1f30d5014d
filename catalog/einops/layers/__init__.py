"""The patterns of einops as layers."""
