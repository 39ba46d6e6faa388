"""Lesson 21: how good a network will be: folds, a choice by them, and promises that break."""
