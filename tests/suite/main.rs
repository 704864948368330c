mod sample_data;
