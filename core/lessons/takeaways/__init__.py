"""The last page: takeaways."""
