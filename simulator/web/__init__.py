"""The local pages: requests in, pages out."""
