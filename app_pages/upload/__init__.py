"""The page Ladda upp: a controller's file in four visible steps, from what it says to what is published."""
