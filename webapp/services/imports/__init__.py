"""Lists that offices have: read leniently, shown before anything happens, written whole or not at all."""
