"""Streamlit furniture that every page shares."""
