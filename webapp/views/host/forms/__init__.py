"""The host's forms: nothing but a title is needed to keep a draft; what publishing needs is the service's rule."""
